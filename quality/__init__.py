"""What makes a target weak: rules, the check of a draft, and how a project stands."""
