"""The château de la Verrerie from its courtyard, in ink and washes."""
