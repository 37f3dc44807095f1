#include "cli/program.hpp"

int main(int count, char** words) {
  return licaudit::cli::run_program(count, words);
}
