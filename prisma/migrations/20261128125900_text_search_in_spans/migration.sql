-- The moment in an id of version 7, in milliseconds since 1970.
CREATE FUNCTION id_milliseconds(id uuid) RETURNS bigint
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN ('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint;

-- The spans of time that an id lies in, of 2^16 ms (a minute), 2^20, 2^24, 2^28, 2^32 and 2^36 ms (two years): each as
-- its number times 64 plus the power. Not for parallel plans: starting their processes takes longer than most answers.
CREATE FUNCTION id_spans(id uuid) RETURNS bigint[]
  LANGUAGE sql IMMUTABLE PARALLEL UNSAFE
  RETURN ARRAY[(id_milliseconds(id) >> 16) * 64 + 16, (id_milliseconds(id) >> 20) * 64 + 20,
    (id_milliseconds(id) >> 24) * 64 + 24, (id_milliseconds(id) >> 28) * 64 + 28,
    (id_milliseconds(id) >> 32) * 64 + 32, (id_milliseconds(id) >> 36) * 64 + 36];

-- An index of words knows no order: to list hits from new to old it is asked span by span, which it can do at the cost
-- of the span's hits because it holds both.
DROP INDEX samples_words_idx;
CREATE INDEX samples_words_idx ON samples
  USING gin (sample_words(instruction, source_caption, target_caption), id_spans(id));
