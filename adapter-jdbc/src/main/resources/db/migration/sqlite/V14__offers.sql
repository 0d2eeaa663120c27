-- The live agent to whom a waiting conversation is offered.
alter table conversation add column offered_to text;
create index conversation_offered on conversation (offered_to) where offered_to is not null;
