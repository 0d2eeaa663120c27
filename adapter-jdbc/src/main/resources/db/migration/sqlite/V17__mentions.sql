-- Agents who were named in internal texts. autoincrement: an id is never given again, so that what comes after one is always newer.
create table mention (
  id integer primary key autoincrement,
  agent text not null,
  seen integer not null,
  data text not null
);
create index mention_agent on mention (agent, id);
