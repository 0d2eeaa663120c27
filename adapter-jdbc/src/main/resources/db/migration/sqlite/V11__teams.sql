-- Queues that were set up, with their members, and the presence of agents.
create table team_queue (
  name text not null primary key,
  assignment text not null,
  accept_within bigint not null
) without rowid;
create table team_queue_member (
  queue text not null,
  agent text not null,
  primary key (queue, agent)
) without rowid;
create table agent_presence (
  agent text not null primary key,
  status text not null,
  since bigint not null,
  misses integer not null,
  offered_at bigint,
  released smallint not null
) without rowid;

-- The queue whose agents see a conversation or case.
alter table conversation add column team text not null default 'default';
update conversation set team = coalesce(case when json_valid(data) then
  coalesce(json_extract(data, '$.handling.queue'), json_extract(data, '$.route.queue')) end, 'default');
create index conversation_team on conversation (state, team);
alter table support_case add column team text not null default 'default';
update support_case set team = coalesce(case when json_valid(data) then json_extract(data, '$.queue') end, 'default');
