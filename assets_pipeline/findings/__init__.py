"""What curators are told about what they give: every rule, and what finds it."""
