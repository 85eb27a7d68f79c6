"""A report as a Word document: styles of a template that people restyle, native charts, figures as bound controls."""
