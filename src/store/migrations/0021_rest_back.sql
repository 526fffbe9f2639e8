-- An order that is called off gets all of its money back, also what comes free only when a refund that is under
-- way turns out to be one that the provider's total had counted already.
ALTER TABLE payment ADD COLUMN rest_back_reason TEXT CHECK (rest_back_reason IN ('buyer', 'seller', 'late'));
