-- When a position was saved: the latest are read again after a restart, also where no conversation is open.
alter table channel_position add column saved_at bigint not null default 0;
create index channel_position_saved on channel_position (channel, saved_at);
