SELECT report FROM runs WHERE number = @number;
