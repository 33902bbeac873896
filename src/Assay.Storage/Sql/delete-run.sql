DELETE FROM records WHERE number > @first AND number <= @last;
DELETE FROM parts WHERE run = @run;
DELETE FROM tags WHERE run = @run;
DELETE FROM runs WHERE number = @run;
