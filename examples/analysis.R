# How firmly has Azerbaijan promised what to whom? The README's question, in R:
#
#   Rscript examples/analysis.R          # run at the root of this repository
#   Rscript examples/analysis.R FOLDER   # the same of a package in another folder
#
# Strength: 0 declaratory, 1 permissive, 2 readiness, 3 undertaking, 4 mandatory.
source("examples/package.R")
tables <- read_package(c(commandArgs(TRUE), ".")[1])

roles <- tables$commitment_actors
promises <- roles$commitment[roles$role == "promisor" & roles$actor == "AZE"]
partners <- c("ARM", "RUS", "TUR", "UKR", "USA", "european-union")
promised <- subset(roles, role == "beneficiary" & actor %in% partners & commitment %in% promises)
promised <- merge(promised, tables$commitments, by.x = "commitment", by.y = "id")
strength <- factor(ifelse(is.na(promised$strength), "not known", promised$strength), c(0:4, "not known"))
print(table(actor = factor(promised$actor, partners), strength))
