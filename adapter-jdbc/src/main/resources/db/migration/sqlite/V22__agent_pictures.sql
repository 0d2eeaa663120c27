-- The pictures of agents, by user name; customers fetch them by the id, a part of the content's hash.
create table agent_picture (
  agent text not null primary key,
  picture_id text not null,
  content blob not null
);
create index agent_picture_id on agent_picture (picture_id, agent);
