# Reads a data package into data frames with the types of its datapackage.json. Needs jsonlite (Debian: r-cran-jsonlite).
#
#   source("examples/package.R")
#   tables <- read_package(".")
#   table(tables$events$status)
#
# string -> character, or a factor with the levels of its code list in their order (ordered if the list is a scale);
# integer, number -> numbers; boolean -> logical; date -> Date. Codes that are numbers, such as strength, stay numbers, so
# that they can be compared and averaged. An empty cell is NA, the text "NA" is not.
#
# Nothing is lost silently: a cell that is not of its type or not among its codes stops the reading, and so does a row with
# too few or too many cells, or another number of rows than datapackage.json says.

read_package <- function(root = ".") {
  about <- jsonlite::fromJSON(file.path(root, "datapackage.json"), simplifyVector = FALSE)
  described <- Filter(function(resource) resource$format == "csv", about$resources)
  tables <- lapply(described, function(resource) read_resource(root, resource))
  setNames(tables, vapply(described, function(resource) resource$name, ""))
}

read_resource <- function(root, resource) {
  # By default R pads short rows with NA, takes the first column for row names where the first row is too long, and only
  # warns where a quote is never closed and the rest of the file is lost.
  refuse <- function(problem) stop(resource$name, ": ", conditionMessage(problem), call. = FALSE)
  text <- tryCatch(
    read.csv(
      file.path(root, resource$path),
      colClasses = "character", na.strings = "", check.names = FALSE, encoding = "UTF-8", fill = FALSE, row.names = NULL
    ),
    error = refuse, warning = refuse
  )
  fields <- resource$schema$fields
  expected <- vapply(fields, function(field) field$name, "")
  if (!identical(names(text), expected)) stop(resource$name, ": the columns are not those of the schema", call. = FALSE)
  rows <- resource$rows # not every package says how many there are
  if (!is.null(rows) && nrow(text) != rows) stop(resource$name, ": ", rows, " rows are described", call. = FALSE)
  for (field in fields) text[[field$name]] <- typed(text[[field$name]], field, resource$name)
  text
}

# R would read 1.5 as the integer 1, and "2022-02-22 or later" as a date: what a cell has to look like is said here.
LOOKS <- c(
  integer = "^[+-]?[0-9]+$", number = "^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?$",
  boolean = "^(true|false)$", date = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", string = ""
)

# One column in its field's type; stops where a cell would be lost.
typed <- function(cells, field, table) {
  if (!field$type %in% names(LOOKS)) stop(table, ": ", field$name, " has an unknown type, ", field$type, call. = FALSE)
  codes <- unlist(field$constraints$enum)
  kept <- replace(cells, !grepl(LOOKS[[field$type]], cells), NA)
  values <- switch(field$type,
    string = if (is.null(codes)) kept else factor(kept, codes, ordered = isTRUE(field$categoriesOrdered)),
    integer = whole(kept),
    number = as.numeric(kept),
    boolean = kept == "true",
    date = as.Date(kept, format = "%Y-%m-%d")
  )
  lost <- !is.na(cells) & (is.na(values) | !is.null(codes) & !values %in% codes)
  if (any(lost)) {
    stop(table, ": ", field$name, " has \"", cells[lost][1], "\", which is no ", field$type, " it may have", call. = FALSE)
  }
  values
}

# Integers; as doubles where one is too large for R's integers, and NA where it is too large to be exact.
whole <- function(cells) {
  numbers <- as.numeric(cells)
  numbers[abs(numbers) >= 2^53] <- NA
  if (any(abs(numbers) > .Machine$integer.max, na.rm = TRUE)) numbers else as.integer(numbers)
}
