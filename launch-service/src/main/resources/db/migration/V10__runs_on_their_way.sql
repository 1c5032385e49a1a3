-- The few runs that are not settled yet: counted before each submit, to hold down how many are under way.
CREATE INDEX run_on_its_way ON run (state, answered_at) WHERE state IN ('accepted', 'submitting');
