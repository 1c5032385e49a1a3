-- Each service owns one database, and no other service reads it.
CREATE DATABASE launch OWNER wrinklefree;
CREATE DATABASE monitor OWNER wrinklefree;
CREATE DATABASE checkpoint OWNER wrinklefree;
CREATE DATABASE cost OWNER wrinklefree;
