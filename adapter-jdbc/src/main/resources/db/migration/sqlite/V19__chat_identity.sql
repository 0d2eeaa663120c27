-- What web sites state about the customers whom they identify, by the address in the web chat.
create table site_profile (
  address text not null primary key,
  at bigint not null,
  data text not null
) without rowid;
