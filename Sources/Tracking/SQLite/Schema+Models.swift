extension Schema {
  static let modelTables = """
    CREATE TABLE logged_models (
      model_id VARCHAR(36) NOT NULL, experiment_id INTEGER NOT NULL, name VARCHAR(500) NOT NULL,
      artifact_location VARCHAR(1000) NOT NULL, creation_timestamp_ms BIGINT NOT NULL,
      last_updated_timestamp_ms BIGINT NOT NULL, status INTEGER NOT NULL,
      lifecycle_stage VARCHAR(32), model_type VARCHAR(500), source_run_id VARCHAR(32),
      status_message VARCHAR(1000),
      CONSTRAINT logged_models_pk PRIMARY KEY (model_id),
      CONSTRAINT logged_models_lifecycle_stage_check CHECK (lifecycle_stage IN ('active',
        'deleted')),
      CONSTRAINT fk_logged_models_experiment_id FOREIGN KEY (experiment_id)
        REFERENCES experiments (experiment_id) ON DELETE CASCADE
    );
    CREATE TABLE logged_model_metrics (
      model_id VARCHAR(36) NOT NULL, metric_name VARCHAR(500) NOT NULL,
      metric_timestamp_ms BIGINT NOT NULL, metric_step BIGINT NOT NULL, metric_value FLOAT,
      experiment_id INTEGER NOT NULL, run_id VARCHAR(32) NOT NULL, dataset_uuid VARCHAR(36),
      dataset_name VARCHAR(500), dataset_digest VARCHAR(36),
      CONSTRAINT logged_model_metrics_pk PRIMARY KEY (model_id, metric_name, metric_timestamp_ms,
        metric_step, run_id),
      CONSTRAINT fk_logged_model_metrics_experiment_id FOREIGN KEY (experiment_id)
        REFERENCES experiments (experiment_id),
      CONSTRAINT fk_logged_model_metrics_model_id FOREIGN KEY (model_id)
        REFERENCES logged_models (model_id) ON DELETE CASCADE,
      CONSTRAINT fk_logged_model_metrics_run_id FOREIGN KEY (run_id)
        REFERENCES runs (run_uuid) ON DELETE CASCADE
    );
    CREATE INDEX index_logged_model_metrics_model_id ON logged_model_metrics (model_id);
    CREATE TABLE logged_model_params (
      model_id VARCHAR(36) NOT NULL, experiment_id INTEGER NOT NULL,
      param_key VARCHAR(255) NOT NULL, param_value TEXT NOT NULL,
      CONSTRAINT logged_model_params_pk PRIMARY KEY (model_id, param_key),
      CONSTRAINT fk_logged_model_params_experiment_id FOREIGN KEY (experiment_id)
        REFERENCES experiments (experiment_id),
      CONSTRAINT fk_logged_model_params_model_id FOREIGN KEY (model_id)
        REFERENCES logged_models (model_id) ON DELETE CASCADE
    );
    CREATE TABLE logged_model_tags (
      model_id VARCHAR(36) NOT NULL, experiment_id INTEGER NOT NULL, tag_key VARCHAR(255) NOT NULL,
      tag_value TEXT NOT NULL,
      CONSTRAINT logged_model_tags_pk PRIMARY KEY (model_id, tag_key),
      CONSTRAINT fk_logged_model_tags_experiment_id FOREIGN KEY (experiment_id)
        REFERENCES experiments (experiment_id),
      CONSTRAINT fk_logged_model_tags_model_id FOREIGN KEY (model_id)
        REFERENCES logged_models (model_id) ON DELETE CASCADE
    );
    """

  static let registryTables = """
    CREATE TABLE registered_models (
      name VARCHAR(256) NOT NULL, creation_time BIGINT, last_updated_time BIGINT,
      description VARCHAR(5000),
      CONSTRAINT registered_model_pk PRIMARY KEY (name)
    );
    CREATE TABLE registered_model_tags (
      key VARCHAR(250) NOT NULL, value VARCHAR(5000), name VARCHAR(256) NOT NULL,
      CONSTRAINT registered_model_tag_pk PRIMARY KEY (key, name),
      FOREIGN KEY (name) REFERENCES registered_models (name) ON UPDATE CASCADE
    );
    CREATE TABLE registered_model_aliases (
      alias VARCHAR(256) NOT NULL, version INTEGER NOT NULL, name VARCHAR(256) NOT NULL,
      CONSTRAINT registered_model_alias_pk PRIMARY KEY (name, alias),
      CONSTRAINT registered_model_alias_name_fkey FOREIGN KEY (name)
        REFERENCES registered_models (name) ON UPDATE CASCADE ON DELETE CASCADE
    );
    CREATE TABLE model_versions (
      name VARCHAR(256) NOT NULL, version INTEGER NOT NULL, creation_time BIGINT,
      last_updated_time BIGINT, description VARCHAR(5000), user_id VARCHAR(256),
      current_stage VARCHAR(20), source VARCHAR(500), run_id VARCHAR(32), status VARCHAR(20),
      status_message VARCHAR(500), run_link VARCHAR(500), storage_location VARCHAR(500),
      CONSTRAINT model_version_pk PRIMARY KEY (name, version),
      FOREIGN KEY (name) REFERENCES registered_models (name) ON UPDATE CASCADE
    );
    CREATE TABLE model_version_tags (
      key VARCHAR(250) NOT NULL, value VARCHAR(5000), name VARCHAR(256) NOT NULL,
      version INTEGER NOT NULL,
      CONSTRAINT model_version_tag_pk PRIMARY KEY (key, name, version),
      FOREIGN KEY (name, version) REFERENCES model_versions (name, version) ON UPDATE CASCADE
    );
    """
}
