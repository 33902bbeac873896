VACUUM INTO $target;
