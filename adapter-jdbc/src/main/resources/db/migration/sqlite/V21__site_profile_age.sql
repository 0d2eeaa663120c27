-- Profiles that their sites have not stated for long are removed, the oldest first.
create index site_profile_at on site_profile (at);
