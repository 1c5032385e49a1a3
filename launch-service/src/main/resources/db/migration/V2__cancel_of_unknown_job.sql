-- Start of the answers in a row in which SkyPilot's queue lacked the job that is to be cancelled.
ALTER TABLE cancellation ADD COLUMN unknown_since timestamptz;
