-- The dataset, version 1. Popolo's names where it has one; spans are character offsets into version.body of the
-- release's current version. docs/data-model.md explains each table.

CREATE TABLE release (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  source TEXT NOT NULL,
  url TEXT NOT NULL,
  version INTEGER REFERENCES version(n) DEFERRABLE INITIALLY DEFERRED,
  day TEXT,
  first_seen TEXT NOT NULL
) STRICT;
CREATE INDEX release_by_day ON release(day DESC, n DESC);
CREATE INDEX release_by_source ON release(source, day);

CREATE TABLE version (
  n INTEGER PRIMARY KEY,
  release INTEGER NOT NULL REFERENCES release(n),
  number INTEGER NOT NULL,
  hash TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  lead TEXT,
  published TEXT,
  published_raw TEXT,
  language TEXT,
  details TEXT NOT NULL,
  page TEXT,
  read_at TEXT NOT NULL,
  UNIQUE (release, number)
) STRICT;
CREATE INDEX version_by_hash ON version(hash);
CREATE INDEX version_by_page ON version(release, page);

CREATE TABLE address (
  key TEXT NOT NULL,
  url TEXT NOT NULL,
  release INTEGER NOT NULL REFERENCES release(n),
  first_seen TEXT NOT NULL,
  PRIMARY KEY (key, release)
) STRICT, WITHOUT ROWID;
CREATE INDEX address_by_release ON address(release);

-- What each stage has done with each document: done when hash and version are those of now.
CREATE TABLE stage (
  stage TEXT NOT NULL,
  document TEXT NOT NULL,
  hash TEXT NOT NULL,
  version TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (stage, document)
) STRICT, WITHOUT ROWID;

CREATE TABLE failure (
  stage TEXT NOT NULL,
  document TEXT NOT NULL,
  hash TEXT NOT NULL,
  version TEXT NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (stage, document)
) STRICT, WITHOUT ROWID;

CREATE TABLE entity (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('person', 'organisation', 'place')),
  name TEXT NOT NULL,
  words TEXT NOT NULL,
  gender TEXT CHECK (gender IN ('m', 'f')),
  acronym TEXT,
  place_kind TEXT,
  country TEXT,
  latitude REAL,
  longitude REAL,
  merged_into TEXT REFERENCES entity(id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
-- entity.words: its names, from which entity_words was made.
CREATE INDEX entity_by_name ON entity(kind, name);
CREATE INDEX entity_merged ON entity(merged_into) WHERE merged_into IS NOT NULL;

-- Words of all the names of an entity, with their normal forms; rowid is entity.n.
CREATE VIRTUAL TABLE entity_words USING fts5(words, tokenize = "unicode61 remove_diacritics 0");

-- An entity as one release names it.
CREATE TABLE appearance (
  n INTEGER PRIMARY KEY,
  release INTEGER NOT NULL REFERENCES release(n),
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  block TEXT NOT NULL,
  gender TEXT,
  acronym TEXT,
  place_kind TEXT,
  country TEXT,
  latitude REAL,
  longitude REAL,
  entity TEXT REFERENCES entity(id),
  rule TEXT,
  candidates TEXT
) STRICT;
CREATE INDEX appearance_by_release ON appearance(release);
CREATE INDEX appearance_by_entity ON appearance(entity, release);
CREATE INDEX appearance_by_block ON appearance(kind, block);
CREATE INDEX appearance_unresolved ON appearance(kind, block) WHERE entity IS NULL;

-- Which entity (or event) an appearance was last taken for: outlives annotation runs, so that ids stay.
CREATE TABLE identity (
  kind TEXT NOT NULL,
  release TEXT NOT NULL,
  key TEXT NOT NULL,
  entity TEXT NOT NULL,
  PRIMARY KEY (kind, release, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE mention (
  n INTEGER PRIMARY KEY,
  release INTEGER NOT NULL REFERENCES release(n),
  appearance INTEGER NOT NULL REFERENCES appearance(n),
  start INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  normal TEXT NOT NULL,
  rule TEXT NOT NULL,
  form_rule TEXT NOT NULL
) STRICT;
CREATE INDEX mention_by_release ON mention(release);
CREATE INDEX mention_by_appearance ON mention(appearance);

CREATE TABLE position (
  n INTEGER PRIMARY KEY,
  release INTEGER NOT NULL REFERENCES release(n),
  person INTEGER NOT NULL REFERENCES appearance(n),
  position TEXT NOT NULL,
  organisation INTEGER REFERENCES appearance(n),
  person_start INTEGER NOT NULL,
  person_stop INTEGER NOT NULL,
  position_start INTEGER NOT NULL,
  position_stop INTEGER NOT NULL,
  organisation_start INTEGER,
  organisation_stop INTEGER,
  former INTEGER NOT NULL,
  acting INTEGER NOT NULL,
  rule TEXT NOT NULL,
  confidence REAL NOT NULL
) STRICT;
CREATE INDEX position_by_release ON position(release);
CREATE INDEX position_by_person ON position(person);
CREATE INDEX position_by_organisation ON position(organisation);

-- A meeting as several releases tell of it.
CREATE TABLE event (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  date TEXT,
  date_end TEXT,
  place TEXT REFERENCES entity(id),
  place_name TEXT,
  format TEXT,
  status TEXT NOT NULL,
  rule TEXT NOT NULL,
  tellings INTEGER NOT NULL,
  people INTEGER NOT NULL,
  merged_into TEXT REFERENCES event(id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX event_by_date ON event(date DESC, id) WHERE merged_into IS NULL;

-- A meeting as one release tells of it. `day` is what tellings are compared by: the meeting's date, else that of
-- publication, else the day of another telling that has the same people.
CREATE TABLE meeting (
  n INTEGER PRIMARY KEY,
  release INTEGER NOT NULL REFERENCES release(n),
  key TEXT NOT NULL,
  day TEXT,
  event TEXT REFERENCES event(id),
  why TEXT,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  start INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  mentions TEXT NOT NULL,
  date TEXT,
  date_end TEXT,
  date_raw TEXT,
  place INTEGER REFERENCES appearance(n),
  place_name TEXT,
  format TEXT CHECK (format IN ('online', 'in-person', 'hybrid')),
  status TEXT NOT NULL CHECK (status IN ('held', 'planned', 'cancelled', 'postponed')),
  rule TEXT NOT NULL,
  confidence REAL NOT NULL
) STRICT;
CREATE INDEX meeting_by_release ON meeting(release);
CREATE INDEX meeting_by_event ON meeting(event);
CREATE INDEX meeting_by_day ON meeting(day);
CREATE INDEX meeting_timeless ON meeting(release) WHERE day IS NULL;
CREATE INDEX meeting_by_place ON meeting(place);

CREATE TABLE meeting_organisation (
  meeting INTEGER NOT NULL REFERENCES meeting(n),
  organisation INTEGER NOT NULL REFERENCES appearance(n),
  PRIMARY KEY (meeting, organisation)
) STRICT, WITHOUT ROWID;
CREATE INDEX meeting_by_organisation ON meeting_organisation(organisation);

-- start, stop: the mention of the person; evidence: W3C TextPosition (evidence_start, evidence_stop) and TextQuote
-- (exact, prefix, suffix) selectors of the words that state it.
CREATE TABLE attendance (
  n INTEGER PRIMARY KEY,
  meeting INTEGER NOT NULL REFERENCES meeting(n),
  person INTEGER NOT NULL REFERENCES appearance(n),
  role TEXT NOT NULL CHECK (role IN ('chair', 'speaker', 'participant')),
  position TEXT,
  organisation INTEGER REFERENCES appearance(n),
  organisation_name TEXT,
  side TEXT,
  start INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  evidence_start INTEGER NOT NULL,
  evidence_stop INTEGER NOT NULL,
  exact TEXT NOT NULL,
  prefix TEXT NOT NULL,
  suffix TEXT NOT NULL,
  rule TEXT NOT NULL,
  confidence REAL NOT NULL
) STRICT;
CREATE INDEX attendance_by_meeting ON attendance(meeting);
CREATE INDEX attendance_by_person ON attendance(person);
CREATE INDEX attendance_by_organisation ON attendance(organisation);

-- Ties to a meeting that do not count as attending.
CREATE TABLE involvement (
  n INTEGER PRIMARY KEY,
  meeting INTEGER NOT NULL REFERENCES meeting(n),
  person INTEGER NOT NULL REFERENCES appearance(n),
  status TEXT NOT NULL,
  start INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  evidence_start INTEGER NOT NULL,
  evidence_stop INTEGER NOT NULL,
  exact TEXT NOT NULL,
  prefix TEXT NOT NULL,
  suffix TEXT NOT NULL,
  rule TEXT NOT NULL,
  confidence REAL NOT NULL
) STRICT;
CREATE INDEX involvement_by_meeting ON involvement(meeting);
CREATE INDEX involvement_by_person ON involvement(person);

-- Announced, held, followed up: events that one another's tellings speak of.
CREATE TABLE event_link (
  earlier TEXT NOT NULL REFERENCES event(id),
  later TEXT NOT NULL REFERENCES event(id),
  rule TEXT NOT NULL,
  PRIMARY KEY (earlier, later)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_link_by_later ON event_link(later);

CREATE TABLE quote (
  n INTEGER PRIMARY KEY,
  release INTEGER NOT NULL REFERENCES release(n),
  person INTEGER NOT NULL REFERENCES appearance(n),
  start INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  person_start INTEGER NOT NULL,
  person_stop INTEGER NOT NULL,
  rule TEXT NOT NULL
) STRICT;
CREATE INDEX quote_by_release ON quote(release);
CREATE INDEX quote_by_person ON quote(person);

CREATE TABLE topic (
  release INTEGER NOT NULL REFERENCES release(n),
  rank INTEGER NOT NULL,
  topic TEXT NOT NULL,
  score REAL NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (release, rank)
) STRICT, WITHOUT ROWID;
CREATE INDEX topic_by_topic ON topic(topic, release);

-- Lemmas, one piece per token, joined by single spaces; `names` holds the words of names in the nominative.
-- lemma_place says where the token of each piece stands in the surface text (pairs of uint32, start and stop).
CREATE VIRTUAL TABLE lemma USING fts5(title, text, names, tokenize = "unicode61 remove_diacritics 0");
CREATE TABLE lemma_place (
  release INTEGER PRIMARY KEY REFERENCES release(n),
  title BLOB NOT NULL,
  text BLOB NOT NULL,
  names BLOB NOT NULL
) STRICT;
