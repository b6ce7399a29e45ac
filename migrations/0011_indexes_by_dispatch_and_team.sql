-- Asked under the city's lock by every encounter and closing, and by every visit and dwell: not by reading all there is.
create index encounters_by_dispatch on encounters (city_id, dispatch_id) where dispatch_id is not null;
create index shifts_by_team on shifts (city_id, team_id, started_at desc);
-- Every snapshot asks for those under way and those that ended lately.
create index dispatches_lately on dispatches (city_id, ended_at);
