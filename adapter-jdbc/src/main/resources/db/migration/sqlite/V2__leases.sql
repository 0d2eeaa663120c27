-- Which instance does what only one may do at a time.
create table lease (
  name text not null primary key,
  owner text not null,
  until bigint not null
) without rowid;
