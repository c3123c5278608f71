// Lights up the words that state a fact while the pointer or the focus is on it. The page reads well without it.
for (const said of document.querySelectorAll("[data-from]")) {
  const from = Number(said.dataset.from), to = Number(said.dataset.to);
  const words = [...document.querySelectorAll(".text .s")].filter(
    (s) => Number(s.dataset.at) >= from && Number(s.dataset.at) < to);
  const light = (on) => words.forEach((s) => s.classList.toggle("lit", on));
  for (const name of ["mouseenter", "focus"]) said.addEventListener(name, () => light(true));
  for (const name of ["mouseleave", "blur"]) said.addEventListener(name, () => light(false));
}
