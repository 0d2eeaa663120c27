-- Until now each account could do everything, so each is an admin.
alter table agent_account add column role text not null default 'ADMIN';
alter table agent_account add column capacity integer not null default 5;
