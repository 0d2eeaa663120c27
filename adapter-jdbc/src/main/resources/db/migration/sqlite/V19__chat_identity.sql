-- What web sites state about the customers whom they identify, by the address in the web chat.
create table site_profile (
  address text not null primary key,
  at bigint not null,
  data text not null
) without rowid;

-- The picture that an agent shows to customers, in Base64.
create table agent_picture (
  agent text not null primary key,
  name text not null,
  media_type text not null,
  content text not null
);
