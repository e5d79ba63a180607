# Prints, for the tests, what R makes of each column of a package: table, column, class, rows, levels, the MD5 of its cells.
arguments <- commandArgs(TRUE)
source(arguments[1])

# A line a cell, the same as tests/data_set/test_r.py writes: "-" for none, else "=" and the cell, so that no text is taken for none.
as_lines <- function(values) {
  cells <- if (is.logical(values)) tolower(values) else if (is.double(values) && !inherits(values, "Date")) {
    sprintf("%.17g", values) # every digit that a double has
  } else {
    as.character(values)
  }
  if (length(values)) enc2utf8(ifelse(is.na(values), "-", paste0("=", cells))) else character()
}

for (name in names(tables <- read_package(arguments[2]))) {
  for (column in names(tables[[name]])) {
    values <- tables[[name]][[column]]
    file <- tempfile()
    connection <- file(file, "wb")
    writeLines(as_lines(values), connection, useBytes = TRUE)
    close(connection)
    levels <- paste(levels(values), collapse = ",")
    cat(name, column, paste(class(values), collapse = " "), length(values), levels, tools::md5sum(file), sep = "\t")
    cat("\n")
  }
}
