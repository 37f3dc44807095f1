#include "plugins/sources/records/records_source.hpp"

int main(int argc, char** argv) {
  return licaudit::sdk::source_main(argc, argv, licaudit::records::description, licaudit::records::open);
}
