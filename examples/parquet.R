# The same tables from Parquet, with arrow or nanoparquet, whichever is installed:
#
#   Rscript examples/parquet.R
path <- "data/parquet/events.parquet"
if (requireNamespace("arrow", quietly = TRUE)) {
  events <- as.data.frame(arrow::read_parquet(path))
} else if (requireNamespace("nanoparquet", quietly = TRUE)) {
  events <- as.data.frame(nanoparquet::read_parquet(path))
} else {
  stop("reading Parquet needs a package: install.packages(\"nanoparquet\") (small) or install.packages(\"arrow\")", call. = FALSE)
}
print(table(events$status))
