#include "plugins/sources/csv/csv_source.hpp"

int main(int argc, char** argv) {
  return licaudit::sdk::source_main(argc, argv, licaudit::csv::description, licaudit::csv::open);
}
