# The same tables from Parquet, with arrow or nanoparquet, whichever is installed:
#
#   Rscript examples/parquet.R
#
# Parquet holds the types itself, so datapackage.json is not needed.
if (requireNamespace("arrow", quietly = TRUE)) {
  read <- arrow::read_parquet
} else if (requireNamespace("nanoparquet", quietly = TRUE)) {
  read <- nanoparquet::read_parquet
} else {
  stop('reading Parquet needs a package: install.packages("nanoparquet") (small) or install.packages("arrow")', call. = FALSE)
}
files <- list.files("data/parquet", pattern = "[.]parquet$", full.names = TRUE)
tables <- setNames(lapply(files, function(file) as.data.frame(read(file))), sub("[.]parquet$", "", basename(files)))
print(vapply(tables, nrow, 0L))
print(table(tables$events$status))
