-- What a wave asks of the one before it. Waves that are there begin as they did: as soon as everybody before is invited.
alter table rollout_wave add column soak_days integer default 0 not null check (soak_days between 0 and 90);
alter table rollout_wave add column min_healthy_percent integer default 0 not null check (min_healthy_percent between 0 and 100);
alter table rollout_wave add column min_observed integer default 0 not null check (min_observed between 0 and 1000000);
