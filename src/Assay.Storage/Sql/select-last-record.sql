SELECT coalesce(max(number), @first) FROM records WHERE number > @first AND number <= @last;
