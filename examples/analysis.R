# How firmly has Azerbaijan promised what to whom? The README's question, in R:
#
#   Rscript examples/analysis.R
source("examples/package.R")
tables <- read_package(".")

roles <- tables$commitment_actors
promises <- roles$commitment[roles$role == "promisor" & roles$actor == "AZE"]
partners <- c("ARM", "RUS", "TUR", "UKR", "USA", "european-union")
promised <- subset(roles, role == "beneficiary" & actor %in% partners & commitment %in% promises)
promised <- merge(promised, tables$commitments, by.x = "commitment", by.y = "id")
print(table(partner = promised$actor, strength = addNA(factor(promised$strength, 0:4))))
