SELECT 1.0 * (SELECT freelist_count FROM pragma_freelist_count) / (SELECT page_count FROM pragma_page_count);
