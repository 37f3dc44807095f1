#include "row.hpp"
