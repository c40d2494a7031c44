-- How many rows each extract has, and how many remain without copies.
select 'inputs.audit.csv.read', count(*) from audit;
select 'inputs.audit.csv.accepted', count(*) from entry;
select 'inputs.audit.csv.duplicate', count(*) from copied;
select 'inputs.transactions.csv.read', count(*) from transactions;
select 'inputs.decisions.csv.read', count(*) from decisions;
select 'inputs.reviews.csv.read', count(*) from reviews;
select 'inputs.consents.csv.read', count(*) from consents;
select 'inputs.incidents.csv.read', count(*) from incidents;
select 'inputs.outages.csv.read', count(*) from outages;
select 'inputs.costs.csv.read', count(*) from costs;
