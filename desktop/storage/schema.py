"""The tables, as each step of the migrations made them. What has been released is never changed."""

CONVERSATIONS = """
CREATE TABLE conversation(
  id INTEGER PRIMARY KEY,
  pinned INTEGER NOT NULL DEFAULT 0,
  used REAL NOT NULL,
  leaf INTEGER,
  deleted INTEGER NOT NULL DEFAULT 0,
  title TEXT NOT NULL,
  own_title TEXT NOT NULL DEFAULT ''
);
CREATE INDEX conversation_in_order ON conversation(pinned DESC, used DESC, id DESC) WHERE deleted = 0;
CREATE INDEX conversation_deleted ON conversation(id) WHERE deleted > 0;

CREATE TABLE message(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation INTEGER NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  parent INTEGER,
  is_question INTEGER NOT NULL,
  finish TEXT,
  made REAL NOT NULL DEFAULT 0,
  seconds REAL NOT NULL DEFAULT 0,
  thinking_seconds REAL NOT NULL DEFAULT 0,
  first_seconds REAL NOT NULL DEFAULT 0,
  model TEXT NOT NULL DEFAULT '',
  provider TEXT NOT NULL DEFAULT '',
  error TEXT,
  usage TEXT,
  notices TEXT,
  text TEXT NOT NULL,
  read TEXT NOT NULL DEFAULT '',
  reasoning TEXT NOT NULL DEFAULT '',
  lines TEXT,
  UNIQUE(conversation, number)
);
CREATE INDEX message_streaming ON message(conversation) WHERE is_question = 0 AND finish IS NULL;

CREATE TABLE image(
  digest TEXT PRIMARY KEY,
  media_type TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  length INTEGER NOT NULL
);

CREATE TABLE part(
  message INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  length INTEGER,
  url TEXT,
  image TEXT REFERENCES image(digest),
  name TEXT,
  source_digest TEXT,
  change TEXT,
  PRIMARY KEY(message, place)
);
CREATE INDEX part_image ON part(image) WHERE image IS NOT NULL;

CREATE TABLE piece(
  id INTEGER PRIMARY KEY,
  message INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
  text TEXT NOT NULL,
  reasoning TEXT NOT NULL
);
CREATE INDEX piece_message ON piece(message);
"""
"""Every table has rowids: by them a damaged one is walked around what cannot be read.

A part is a text (its `length` in characters of the message's text), a link (`url`) or an `image`."""

DRAFTS = """
CREATE TABLE draft(
  id INTEGER PRIMARY KEY CHECK (id = 1),
  text TEXT NOT NULL
);

CREATE TABLE draft_part(
  place INTEGER PRIMARY KEY,
  url TEXT,
  image TEXT REFERENCES image(digest),
  name TEXT,
  source_digest TEXT,
  change TEXT
);
CREATE INDEX draft_part_image ON draft_part(image) WHERE image IS NOT NULL;
"""
