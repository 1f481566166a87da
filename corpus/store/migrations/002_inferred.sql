-- What is inferred of a project's place and department, apart from what is printed.
-- Documents read before know nothing of it until they are read again.

ALTER TABLE project ADD COLUMN province_inferred TEXT NOT NULL DEFAULT '';
ALTER TABLE project ADD COLUMN city_inferred TEXT NOT NULL DEFAULT '';
ALTER TABLE project ADD COLUMN county_inferred TEXT NOT NULL DEFAULT '';
ALTER TABLE project ADD COLUMN department_inferred TEXT NOT NULL DEFAULT '';
