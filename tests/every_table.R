# Prints, for the tests, what R makes of every column of a package: table, column, class, rows, levels, and the MD5 of its cells.
arguments <- commandArgs(TRUE)
source(arguments[1])
for (name in names(tables <- read_package(arguments[2]))) {
  for (column in names(tables[[name]])) {
    values <- tables[[name]][[column]]
    cells <- if (is.logical(values)) tolower(values) else if (is.numeric(values)) format(values, trim = TRUE, scientific = FALSE) else as.character(values)
    cells <- ifelse(is.na(values), "<none>", cells)
    file <- tempfile()
    connection <- file(file, "wb")
    writeLines(enc2utf8(cells), connection, useBytes = TRUE)
    close(connection)
    class <- paste(class(values), collapse = " ")
    cat(name, column, class, length(values), paste(levels(values), collapse = ","), tools::md5sum(file), sep = "\t")
    cat("\n")
  }
}
