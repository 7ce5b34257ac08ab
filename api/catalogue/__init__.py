"""The job catalogue on the command line."""
