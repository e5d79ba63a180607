# Reads a data package into data frames with the types of its datapackage.json. Needs jsonlite (Debian: r-cran-jsonlite).
#
#   source("examples/package.R")
#   tables <- read_package(".")
#   table(tables$events$status)
#
# string -> character, or a factor with the levels of the code list; integer, number -> numbers; boolean -> logical;
# date -> Date. An empty cell is NA, the text "NA" is not. A cell that is not of its type stops the reading.

read_package <- function(root = ".") {
  about <- jsonlite::fromJSON(file.path(root, "datapackage.json"), simplifyVector = FALSE)
  described <- Filter(function(resource) resource$format == "csv", about$resources)
  tables <- lapply(described, function(resource) read_resource(root, resource))
  setNames(tables, vapply(described, function(resource) resource$name, ""))
}

read_resource <- function(root, resource) {
  text <- read.csv(
    file.path(root, resource$path),
    colClasses = "character", na.strings = "", check.names = FALSE, encoding = "UTF-8", quote = "\""
  )
  fields <- resource$schema$fields
  expected <- vapply(fields, function(field) field$name, "")
  if (!identical(names(text), expected)) stop(resource$name, ": the columns are not those of the schema")
  for (field in fields) text[[field$name]] <- typed(text[[field$name]], field, resource$name)
  text
}

# One column in its field's type; stops where a cell would be lost.
typed <- function(cells, field, table) {
  codes <- field$constraints$enum
  values <- switch(field$type,
    integer = suppressWarnings(as.integer(cells)),
    number = suppressWarnings(as.numeric(cells)),
    boolean = c(true = TRUE, false = FALSE)[cells],
    date = as.Date(cells, format = "%Y-%m-%d"),
    if (is.null(codes)) cells else factor(cells, unlist(codes), ordered = isTRUE(field$categoriesOrdered))
  )
  lost <- !is.na(cells) & is.na(values)
  if (any(lost)) stop(table, ": ", field$name, " has \"", cells[lost][1], "\", which is no ", field$type, " it may have")
  unname(values)
}
