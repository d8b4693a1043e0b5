// Studies as MLflow runs.
