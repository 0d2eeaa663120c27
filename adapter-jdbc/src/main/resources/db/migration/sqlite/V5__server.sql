-- The process that serves from this file: its lock is a file beside this one, which somebody may delete.
create table server (
  id integer primary key,
  pid bigint not null,
  started_at bigint not null
);
