SELECT version FROM assay.schema_version;
