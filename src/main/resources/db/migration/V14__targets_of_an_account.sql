-- Which other targets are the account, asked for at each look.
CREATE INDEX target_by_account ON target (account);
