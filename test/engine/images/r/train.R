# A good image of another make: fits a line with lm(), one bootstrap sample an epoch.
suppressPackageStartupMessages(library(jsonlite))

ml <- "/opt/ml"
value <- function(settings, name, default) {
  text <- settings[[name]]
  if (is.null(text)) return(default)
  tryCatch(fromJSON(text), error = function(e) text) # SDKs send "\"sgd\"" as well as "sgd"
}
train <- function() {
  settings <- fromJSON(file.path(ml, "input/config/hyperparameters.json"))
  epochs <- suppressWarnings(as.integer(value(settings, "epochs", 4)))
  if (is.na(epochs)) stop("hyperparameter epochs: '", settings$epochs, "' is no whole number")
  optimizer <- value(settings, "optimizer", "sgd")
  if (!optimizer %in% c("sgd", "momentum")) stop("hyperparameter optimizer: '", optimizer, "' is none of sgd, momentum")
  path <- file.path(ml, "input/data/train/rows.csv")
  if (!file.exists(path)) stop("channel train: ", path, " is missing")
  rows <- read.csv(path, header = FALSE, col.names = c("x", "y"))

  checkpoint <- file.path(ml, "checkpoints/state.rds")
  epoch <- 0L
  if (file.exists(checkpoint)) {
    epoch <- readRDS(checkpoint)
    cat("resuming after epoch", epoch, "\n")
  }
  while (epoch < epochs) {
    epoch <- epoch + 1L
    set.seed(epoch)
    fit <- lm(y ~ x, rows[sample(nrow(rows), replace = TRUE), ])
    Sys.sleep(0.4)
    cat(sprintf("epoch %d of %d: loss=%.6f\n", epoch, epochs, mean(residuals(fit)^2)))
    if (dir.exists(dirname(checkpoint))) {
      saveRDS(epoch, paste0(checkpoint, ".tmp"))
      file.rename(paste0(checkpoint, ".tmp"), checkpoint)
    }
  }
  saveRDS(if (epoch > 0 && exists("fit")) coef(fit) else epoch, file.path(ml, "model/model.rds"))
}
tryCatch(train(), error = function(e) {
  message("error: ", conditionMessage(e))
  writeLines(conditionMessage(e), file.path(ml, "output/failure"))
  quit(status = 1)
})
