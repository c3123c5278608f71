"""Knowledge that people edit, shipped inside the package; opened with importlib.resources.files("data")."""
