-- The rows of the view `summary` have another shape: its projector makes them anew from the log.

delete from view_row where view = 'summary';
delete from view_position where view = 'summary';
