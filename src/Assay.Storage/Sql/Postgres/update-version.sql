UPDATE assay.schema_version SET version = @version;
